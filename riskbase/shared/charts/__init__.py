"""Charts as SVG text: plain values in, one self-contained drawing out."""
