import ipaddress

network = ipaddress.ip_network("192.168.10.0/28")
print(network.num_addresses, network.netmask, network.broadcast_address, list(network.hosts())[:2], ipaddress.ip_address("192.168.10.9") in network)
print([str(n) for n in network.subnets(new_prefix=30)], network.supernet(), network.overlaps(ipaddress.ip_network("192.168.10.8/29")))
v6 = ipaddress.ip_address("2001:db8::ff00:42:8329")
print(v6.exploded, v6.is_private, ipaddress.ip_address("::1").is_loopback, int(ipaddress.IPv4Address("10.0.0.1")))
print([str(n) for n in ipaddress.summarize_address_range(ipaddress.IPv4Address("10.0.0.0"), ipaddress.IPv4Address("10.0.0.5"))])
try:
    ipaddress.ip_network("10.0.0.1/8")
except ValueError as error:
    print(error)
