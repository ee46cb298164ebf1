import pytest
pytestmark = pytest.mark.browser
def test_smoke(stack, visitor):
    visitor.go("/account/login/")
    print(visitor.violations())
    visitor.assert_fits()
    visitor.sign_in("admin", stack.password)
    print(visitor.page.url, visitor.page.title(), visitor.complaints)
