using System.Net;
using BusIngest.Api.Limits;

namespace BusIngest.Specs.Limits;

public sealed class ClientAddressSpecs
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("::1", "::/64")]
    public void Should_take_a_network_of_ipv6_for_one(string address, string partition) => Assert.Equal(partition, ClientAddress.Of(IPAddress.Parse(address)));

    [Fact]
    public void Should_have_a_place_for_whoever_has_no_address() => Assert.Equal("unknown", ClientAddress.Of(null));
}
