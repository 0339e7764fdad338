import signal

import pytest

from checklist.errors import BadInput
from checklist.extras import check_installed, needed


def test_what_is_missing_is_said_with_how_to_install_it():
    with pytest.raises(BadInput) as caught, needed("this needs Dask", "dask", option="--dask"):
        import no_such_package  # noqa: F401
    assert [fault.sentence() for fault in caught.value.faults] == [
        "--dask: this needs Dask; install it with: pip install 'checklist[dask]'."
    ]


def test_what_is_missing_is_said_before_the_work():
    check_installed("this needs", "json", "email", option="--format")
    with pytest.raises(BadInput) as caught:
        check_installed("this needs", "json", "no_such_package", "nor_this", option="--format")
    assert [fault.sentence() for fault in caught.value.faults] == [
        "--format: this needs no_such_package and nor_this; "
        "install it with: pip install 'checklist[screening]'."
    ]


@pytest.fixture
def hears_ctrl_c():
    """Let Ctrl-C be heard even where the tests run in the background and it is not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hears_ctrl_c")
def test_ctrl_c_waits_until_a_package_is_imported():
    # NumPy, interrupted, ends as if it were not installed
    imported = []

    def interrupted():
        with needed("shares are worked out by SciPy"):
            signal.raise_signal(signal.SIGINT)
            imported.append("whole")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert imported == ["whole"]
