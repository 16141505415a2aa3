import netrc
import urllib.robotparser
from pathlib import Path

Path("netrc").write_text("machine example.org login ada password s3cret\ndefault login guest password none\n")
entries = netrc.netrc("netrc")
print(entries.authenticators("example.org"), entries.authenticators("other"), sorted(entries.hosts))
robots = urllib.robotparser.RobotFileParser()
robots.parse(["User-agent: *", "Disallow: /private/", "Crawl-delay: 5", "Sitemap: http://x/s.xml"])
print(robots.can_fetch("bot", "http://x/open"), robots.can_fetch("bot", "http://x/private/a"), robots.crawl_delay("bot"), robots.site_maps())
