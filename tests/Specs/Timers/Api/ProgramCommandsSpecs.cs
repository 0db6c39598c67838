using BusIngest.Api.Commands;

namespace BusIngest.Specs.Timers.Api;

public sealed class ProgramCommandsSpecs
{
    [Theory]
    [InlineData(false)]
    [InlineData(false, "--PORT", "3001")]
    [InlineData(false, "--PORT=3001", "timers")]
    [InlineData(true, "timers", "watch")]
    [InlineData(true, "timers", "--PORT=3001")]
    [InlineData(true, "nonsense")]
    [InlineData(true, "-h")]
    [InlineData(true, "--help")]
    [InlineData(true, "--version")]
    public void Should_take_what_begins_with_a_switch_for_settings(bool command, params string[] args) =>
        Assert.Equal(command, ProgramCommands.IsCommand(args));
}
