using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BusIngest.Api.Commands;

/// <summary>Where a command writes, in which form, and whom it asks.</summary>
/// <param name="Answers">What somebody types.</param>
/// <param name="Text">What was asked for.</param>
/// <param name="Errors">One line that says what is wrong.</param>
/// <param name="IsJson">Whether a program reads it: lines of JSON, and nothing else.</param>
internal sealed record CommandConsole(TextReader Answers, TextWriter Text, TextWriter Errors, bool IsJson)
{
    private const string Agreed = "yes";

    /// <summary>That of this process.</summary>
    public static CommandConsole Of(ParseResult parsed) => new(
        Console.In, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(ServiceOptions.Json));

    /// <summary>Whether somebody watches.</summary>
    public bool IsTerminal => !IsJson && ReferenceEquals(Text, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Draws something for people: as wide as their terminal, or plain in a file or a pipe.</summary>
    public void Draw(IRenderable what) => (IsTerminal ? AnsiConsole.Console : TimersWatch.PlainConsole(Text)).Write(what);

    /// <summary>Writes a line for people.</summary>
    public Task SayAsync(string line) => IsJson ? Task.CompletedTask : Text.WriteLineAsync(line);

    /// <summary>Writes a line for programs.</summary>
    public Task WriteAsync<T>(T value, JsonTypeInfo<T> type) => IsJson ? Text.WriteLineAsync(JsonSerializer.Serialize(value, type)) : Task.CompletedTask;

    /// <summary>Asks whether to do what can't be undone.</summary>
    /// <exception cref="CommandException">Nobody is there to ask.</exception>
    public async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        // A program sees no question.
        if (IsJson)
            throw new CommandException("With --json nobody is asked: give --yes");

        await Text.WriteAsync($"There is no way back. Type {Agreed} to go on: ");
        await Text.FlushAsync(cancellationToken);
        // The console's own reader waits for a line whatever becomes of the token.
        var answer = await Task.Run(Answers.ReadLine, CancellationToken.None).WaitAsync(cancellationToken)
            ?? throw new CommandException("Nobody is there to ask: give --yes");
        return string.Equals(answer.Trim(), Agreed, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Does a command's work, and says in one line what goes wrong.</summary>
    /// <returns>What the process exits with; see <see cref="ProgramCommands"/>.</returns>
    public Task<int> RunAsync(Func<Task<int>> work) => CommandOutcome.RunAsync(Errors, work);
}
