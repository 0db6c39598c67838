using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Specs.Storage;

public sealed class PostgresUrlSpecs : Spec
{
    [Fact]
    public void Should_give_the_options_of_libpq_their_meaning()
    {
        var address = PostgresAddress.Parse(
            "postgres://u:p%40w@h/d?sslmode=verify-full&connect_timeout=7&application_name=mine&target_session_attrs=read-write&options=-c%20search_path%3Dx&keepalives_idle=9");

        Assert.Equal((SslMode.VerifyFull, 7, "mine", "read-write"), (address.SslMode, address.Timeout, address.ApplicationName, address.TargetSessionAttributes));
        Assert.Equal(("p@w", "-c search_path=x", 9), (address.Password, address.Options, address.TcpKeepAliveTime));
    }

    [Fact]
    public void Should_look_at_the_certificate_that_a_root_was_given_for()
    {
        var root = Path.Combine(Folder, "root.crt");
        File.WriteAllText(root, "");

        Assert.Equal(SslMode.VerifyCA, PostgresUrl.Parse($"postgres://u@h/d?sslmode=require&sslrootcert={root}").SslMode);
        Assert.Equal(SslMode.VerifyFull, PostgresUrl.Parse("postgres://u@h/d?sslrootcert=system").SslMode);
    }

    [Theory]
    [InlineData("postgres://u@a:5433,b,[::1]:5434/d", "a:5433,b,[::1]:5434")]
    [InlineData("postgres://u@[::1]:5434/d", "::1")]
    [InlineData("postgres://u@/d?host=%2Frun%2Fpostgresql", "/run/postgresql")]
    [InlineData("postgresql://u@h/d", "h")]
    public void Should_read_hosts(string url, string hosts) => Assert.Equal(hosts, PostgresAddress.Parse(url).Host);

    [Theory]
    [InlineData("postgres://u@h/d?colour=red", "'colour'")]
    [InlineData("postgres://u@h/d?sslmode=maybe", "'sslmode'")]
    [InlineData("postgres://u@h/d?connect_timeout=soon", "'connect_timeout'")]
    [InlineData("postgres://u@h/d?target_session_attrs=master", "'target_session_attrs'")]
    [InlineData("postgres://u@h/d?client_encoding=LATIN1", "'client_encoding'")]
    [InlineData("postgres://u@h/d?Max%20Auto%20Prepare=many", "'Max Auto Prepare'")]
    [InlineData("postgres://u@h/d?sslmode=disable&sslrootcert=/no/such", "contradicts")]
    [InlineData("postgres://u@h/d?sslmode=verify-ca&sslrootcert=/no/such", "no such file")]
    [InlineData("postgres://u@h/d?sslrootcert=system&sslmode=require", "verify-full")]
    [InlineData("postgres://u@h/d?connect_timeout=1&connect_timeout=2", "a second time")]
    [InlineData("postgres://u@h/d?Minimum%20Pool%20Size=9&Maximum%20Pool%20Size=3", "contradict")]
    [InlineData("postgres://u@h:0/d", "no URL")]
    [InlineData("postgres://u@a,b:x/d", "no URL")]
    public void Should_refuse_what_is_unknown_or_contradicts_another(string url, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => PostgresAddress.Parse(url)).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_heed_what_is_given_and_fill_in_the_rest()
    {
        var given = PostgresSource.Complete(new PostgresOptions
        {
            ConnectionString = "postgres://u@h/d?Max%20Auto%20Prepare=0&No%20Reset%20On%20Close=false&Maximum%20Pool%20Size=7&Options=&connect_timeout=9&Command%20Timeout=8",
        });
        var filled = PostgresSource.Complete(new PostgresOptions { ConnectionString = "postgres://u@h/d" });

        Assert.Equal((0, false, 7, 9, 8), (given.MaxAutoPrepare, given.NoResetOnClose, given.MaxPoolSize, given.Timeout, given.CommandTimeout));
        Assert.Equal((100, true, 20, 3, 15), (filled.MaxAutoPrepare, filled.NoResetOnClose, filled.MaxPoolSize, filled.Timeout, filled.CommandTimeout));
        Assert.Null(filled.Options);
    }
}
