"""What must hold before a process serves anything (启动前检查)."""

from zhifa import clock
from zhifa.config.environment import BadEnvironment, Environment


def refuse_a_movable_clock(environment: Environment) -> None:
    """Raise BadEnvironment if a production process could be told another time than the real one."""
    if environment.production and (clock.movable() or clock.moved()):
        raise BadEnvironment("正式环境的时钟不得拨动，请不要在这个进程里载入演示或者测试代码")
