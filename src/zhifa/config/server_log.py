"""What the web server says about itself in the terminal (网站的日志); `server_log.json` names this."""

import logging


class NotDeliberate(logging.Filter):
    """Let everything through but the advice against a number of processes that is ours on purpose.

    `running.web_command` says why there are more of them than a small machine has cores.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is printed."""
        return not record.getMessage().startswith(
            "Configured number of workers appears to be higher"
        )
