using BusIngest.Api.Configuration;
using BusIngest.Specs.Configuration;

namespace BusIngest.Specs.Mongo;

/// <summary>MONGO_URI.</summary>
public sealed class MongoSettingSpecs : SettingsSpec
{
    [Theory]
    [InlineData("hush")]
    [InlineData("http://ann:hush@mongo/busingest")]
    [InlineData("mongodb://")]
    [InlineData("mongodb://ann:hush@mongo:notaport/busingest")]
    [InlineData("mongodb://ann:hu@sh@mongo/busingest")]
    [InlineData("mongodb://mongo/busingest?w=hush&wtimeoutMS=hush")]
    [InlineData("mongodb://mongo/busingest?connectTimeoutMS=hush")]
    public void Should_refuse_what_is_no_connection_string_without_showing_it(string uri)
    {
        var line = Assert.Single(Folder.Refuse(null, ("MONGO_URI", uri)));

        Assert.StartsWith("MONGO_URI: is not of the form mongodb://", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mongodb://ann:hush@mongo:27017/shop?replicaSet=rs0", "mongodb://mongo:27017/shop")]
    [InlineData("mongodb://one,two:27018/?replicaSet=rs0", "mongodb://one:27017,two:27018/busingest")]
    public void Should_read_one_and_show_no_password(string uri, string shown)
    {
        var settings = Folder.Load(null, ("MONGO_URI", uri));

        Assert.Equal(shown, settings.Mongo!.ToString());
        Assert.DoesNotContain("hush", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_keep_timers_there_where_it_is_set()
    {
        Assert.Equal(SagaRepository.Mongo, Folder.Load(null, ("MONGO_URI", "mongodb://mongo/db"), ("Timers__Repository", "mongo")).TimerRepository);
        Assert.Contains("needs MONGO_URI", Assert.Single(Folder.Refuse(null, ("Timers__Repository", "mongo"))), StringComparison.Ordinal);
    }
}
