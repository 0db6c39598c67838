using BusIngest.Bus.Transports.RabbitMq;

namespace BusIngest.Specs.Transports;

public sealed class RabbitMqUrlSpecs
{
    [Fact]
    public void Should_read_all_parts()
    {
        var options = RabbitMqUrl.Parse("amqp://ann:s%40cr%2Fet%3A@broker.example:5673/ingest%2Fone");

        Assert.Equal(
            ("broker.example", 5673, false, "ingest/one", "ann", "s@cr/et:"),
            (options.Host, options.Port, options.UseTls, options.VirtualHost, options.User, options.Password));
    }

    [Theory]
    [InlineData("amqp://localhost", 5672, false)]
    [InlineData("amqp://localhost/", 5672, false)]
    [InlineData("amqps://localhost/%2F", 5671, true)]
    [InlineData("amqp://127.0.0.1:7000", 7000, false)]
    public void Should_fill_in_what_is_left_out(string url, int port, bool useTls)
    {
        var options = RabbitMqUrl.Parse(url);

        Assert.Equal((port, useTls, "/", "guest", "guest"), (options.Port, options.UseTls, options.VirtualHost, options.User, options.Password));
    }

    [Theory]
    [InlineData("")]
    [InlineData("broker:5672")]
    [InlineData("http://ann:s3cret@broker/")]
    [InlineData("amqp://ann:s3cret@/vhost")]
    [InlineData("amqp://ann:s3cret@broker:port/")]
    [InlineData("amqp://ann:s3cret/@broker/")]
    [InlineData("amqp://ann:s3cret#@broker/")]
    [InlineData("amqp://ann:s3cret?@broker/")]
    [InlineData("amqp://ann:s3cret:@broker/")]
    [InlineData("amqp://ann:s3cret@broker/a/b")]
    [InlineData("amqp://s3cret@broker/")]
    public void Should_refuse_others_without_showing_them(string url)
    {
        var refusal = Assert.Throws<FormatException>(() => RabbitMqUrl.Parse(url));

        Assert.StartsWith("is not of the form amqp://", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqp://ann:s3cret@broker/ingest", "amqp://ann@broker:5672/ingest")]
    [InlineData("amqps://ann:s3cret@broker", "amqps://ann@broker:5671/")]
    public void Should_be_shown_without_its_password(string url, string shown) => Assert.Equal(shown, RabbitMqUrl.Parse(url).ToString());
}
