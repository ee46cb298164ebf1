import time
def test_smoke(stack):
    print(stack.rows("select kind, state from shared_job"))
    t=time.monotonic(); print(stack.token()); print(time.monotonic()-t)
    print(stack.person("zoe","manager"))
