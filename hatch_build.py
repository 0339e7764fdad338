"""What the build adds to the wheel: the standard rulebook, checked and made ready to load."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface):
    """Puts the compiled rulebook beside the rules; a rule with a fault stops the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file, unless the package is only linked to, as a checkout is in development."""
        if version != "standard":
            return
        sys.path.insert(0, self.root)
        from checklist.compiled import NAME, compiled

        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name, NAME)
        file.write_bytes(compiled(Path(self.root, "rules")))
        build_data["force_include"][str(file)] = f"checklist/_data/{NAME}"
