using BusIngest.Workers.Timers.Webhooks.Signing;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class SigningSecretSpecs
{
    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(64)]
    public void Should_be_the_base64_of_enough_bytes(int bytes)
    {
        var text = "whsec_" + Convert.ToBase64String(new byte[bytes]);

        Assert.True(SigningSecret.TryParse(text, out var secret, out var error), error);
        Assert.Equal(text, secret.Text);
    }

    [Theory]
    [InlineData("sixteen-letters!")]
    [InlineData("süße-geheimnisse-ohne-leerzeichen")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void Should_be_plain_text_of_some_length(string text) => Assert.True(SigningSecret.TryParse(text, out _, out _));

    /// <summary>What receivers' libraries take as the same: quotes are left by `docker --env-file`.</summary>
    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"")]
    [InlineData("'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'")]
    public void Should_be_read_as_its_receivers_read_it(string text)
    {
        Assert.True(SigningSecret.TryParse(text, out var secret, out var error), error);
        Assert.Equal("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", secret.Text);
    }

    [Theory]
    [InlineData("\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec-MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjU PD8ILPZIo2LaLaSw")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILA==")]
    [InlineData("\"whsec_c2hvcnQ=\"")]
    [InlineData("")]
    [InlineData("fifteen-letters")]
    [InlineData("a secret with spaces in it")]
    [InlineData("whsec_")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa")]
    [InlineData("whsec_this is not base64 at all, is it")]
    public void Should_say_what_is_wrong_without_showing_it(string text)
    {
        Assert.False(SigningSecret.TryParse(text, out var secret, out var error));
        Assert.Null(secret);
        Assert.StartsWith("must ", error, StringComparison.Ordinal);
        if (text.Length > 6)
            Assert.DoesNotContain(text, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(23)]
    [InlineData(65)]
    [InlineData(0)]
    public void Should_not_be_of_too_few_or_too_many_bytes(int bytes) =>
        Assert.False(SigningSecret.TryParse("whsec_" + Convert.ToBase64String(new byte[bytes]), out _, out _));

    [Fact]
    public void Should_be_drawn_anew_each_time()
    {
        var (one, other) = (SigningSecret.Create(), SigningSecret.Create());

        Assert.NotEqual(one.Text, other.Text, StringComparer.Ordinal);
        Assert.True(SigningSecret.TryParse(one.Text, out var read, out _));
        Assert.Equal(one.Sign("a"u8), read.Sign("a"u8));
        Assert.NotEqual(one.Sign("a"u8), other.Sign("a"u8), StringComparer.Ordinal);
    }

    [Fact]
    public void Should_not_show_itself() => Assert.DoesNotContain("whsec_", $"{SigningSecret.Create()}", StringComparison.Ordinal);
}
