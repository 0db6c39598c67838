using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace BusIngest.Api.Hosting;

/// <summary>Writes an event as one line of text; an exception's stack is in the files only.</summary>
internal sealed class ConsoleLine : ITextFormatter
{
    private readonly MessageTemplateTextFormatter _line = new("{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}");

    /// <inheritdoc />
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter();
        _line.Format(logEvent, line);
        if (logEvent.Exception is { } exception)
            line.Write($" [{exception.GetType().Name}: {exception.Message}]");

        output.WriteLine(line.ToString().ReplaceLineEndings(" ⏎ "));
    }
}
