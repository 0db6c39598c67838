using System.Text.Json;
using BusIngest.Api.Commands;

namespace BusIngest.Specs.Commands;

/// <summary>What a command writes.</summary>
/// <param name="answers">What somebody types.</param>
/// <param name="isJson">Whether a program reads it.</param>
internal sealed class CommandRecorder(string answers = "", bool isJson = false) : IDisposable
{
    private readonly StringWriter _text = new();
    private readonly StringWriter _errors = new();
    private readonly StringReader _answers = new(answers);

    /// <summary>To give to the command.</summary>
    public CommandConsole Console => new(_answers, _text, _errors, isJson);

    /// <summary>What was asked for.</summary>
    public string Text => _text.ToString();

    /// <summary>What is wrong.</summary>
    public string Errors => _errors.ToString();

    /// <summary>The text as lines of JSON.</summary>
    public IReadOnlyList<JsonElement> Lines() =>
        [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    public void Dispose()
    {
        _text.Dispose();
        _errors.Dispose();
        _answers.Dispose();
    }
}
