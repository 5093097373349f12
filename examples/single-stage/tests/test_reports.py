import reports


def test_import():
    assert reports
