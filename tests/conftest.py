"""测试。What every test shares: windows are painted where nobody sees them."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
