"""The one error that a person reads."""


class InputError(ValueError):
    """The input cannot be used; nothing was stored.

    `code` is stable (tests, API); `vi` and `en` are one sentence each: what is wrong, where, what to do.
    The CLI prints it on stderr and exits with 2, the system shows it beside the form.
    """

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(vi)
        self.code, self.vi, self.en = code, vi, en

    def text(self, language: str = "vi") -> str:
        """The sentence in `language` ("vi" or "en")."""
        return self.en if language.startswith("en") else self.vi
