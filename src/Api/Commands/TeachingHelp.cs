using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BusIngest.Api.Commands;

/// <summary>
/// Help of which lists of commands show the first paragraph of each, and the command's own help the rest, with its examples, below the options.
/// </summary>
internal sealed class TeachingHelp : SynchronousCommandLineAction
{
    private const string ParagraphEnd = "\n\n";

    private readonly HelpAction _usual;
    private readonly Dictionary<Command, string> _lessons = [];

    private TeachingHelp(HelpAction usual) => _usual = usual;

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <summary>Gives it to a program; to be called when it has all its commands.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is not HelpAction usual)
                continue;

            var help = new TeachingHelp(usual);
            foreach (var command in root.Subcommands)
                help.Split(command);
            option.Action = help;
        }
    }

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var code = _usual.Invoke(parseResult);
        if (_lessons.TryGetValue(parseResult.CommandResult.Command, out var lesson))
            parseResult.InvocationConfiguration.Output.WriteLine($"{lesson}\n");
        return code;
    }

    private void Split(Command command)
    {
        var text = (command.Description ?? "").ReplaceLineEndings("\n");
        if (text.IndexOf(ParagraphEnd, StringComparison.Ordinal) is >= 0 and var end)
        {
            command.Description = text[..end];
            _lessons[command] = text[(end + ParagraphEnd.Length)..];
        }

        foreach (var below in command.Subcommands)
            Split(below);
    }
}
