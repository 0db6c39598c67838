using BusIngest.Bus.Redis;

namespace BusIngest.Specs.Redis;

public sealed class ReplicationInfoSpecs
{
    [Fact]
    public void Should_name_each_replica_once_whatever_its_state()
    {
        var info = ReplicationInfo.Read(
            "# Replication\r\nrole:master\r\nconnected_slaves:4\r\n"
            + "slave0:ip=10.0.0.2,port=6379,state=online,offset=14,lag=0\r\n"
            + "slave1:ip=10.0.0.3,port=6379,state=wait_bgsave,offset=0,lag=0\r\n"
            + "slave2:ip=::1,port=6380,state=send_bulk,offset=0,lag=0\r\n"
            + "slave3:ip=10.0.0.2,port=6379,state=online,offset=9,lag=40\r\n"
            + "master_replid:8371b4fb1155b71f4a04d3e1bc3e18c4a990aeeb\r\n");

        Assert.True(info.IsMaster);
        Assert.Equal(["10.0.0.2:6379", "10.0.0.3:6379", "[::1]:6380"], info.Replicas.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Should_not_take_what_a_replica_tells_of_itself_for_a_replica()
    {
        var info = ReplicationInfo.Read("role:slave\r\nmaster_host:10.0.0.1\r\nslave_read_repl_offset:14\r\nslave_repl_offset:14\r\nslave_priority:100\r\nconnected_slaves:0\r\n");

        Assert.False(info.IsMaster);
        Assert.Empty(info.Replicas);
    }

    [Theory]
    [InlineData("")]
    [InlineData("role")]
    [InlineData("slave0:\nslave1:ip=,port=1\nslave2:ip=a,port=0")]
    public void Should_read_nothing_from_what_says_nothing(string text)
    {
        var info = ReplicationInfo.Read(text);

        Assert.False(info.IsMaster);
        Assert.Empty(info.Replicas);
    }
}
