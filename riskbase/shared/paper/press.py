"""HTML to PDF, run as a process of its own: `python -m riskbase.shared.paper.press`.

Reads `{"html": …, "css": …}` from standard input and writes the PDF to standard
output. A process of its own, because the layout engine and its fonts take 200 MB
that a web worker would never give back. Exit code 3: the engine is not there.
"""

import json
import sys

UNAVAILABLE = 3


def main() -> int:
    """Lay out what comes in."""
    try:
        import weasyprint  # noqa: PLC0415 - absent without Pango, and slow to load
    except (ImportError, OSError) as error:
        sys.stderr.write(str(error))
        return UNAVAILABLE
    # Nothing is fetched: whatever a text may name, no file or address is read.
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=("none",))
    given = json.load(sys.stdin)
    page = weasyprint.HTML(string=given["html"], url_fetcher=nothing)
    sheet = weasyprint.CSS(string=given["css"], url_fetcher=nothing)
    sys.stdout.buffer.write(page.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
