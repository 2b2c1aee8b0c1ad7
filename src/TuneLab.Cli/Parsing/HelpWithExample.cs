using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TuneLab.Cli.Parsing;

/// <summary>The usual help, ended by an example that works as it stands.</summary>
/// <param name="usual">Writes the usual help.</param>
/// <param name="examples">The lines of the example, by command.</param>
/// <param name="width">Columns.</param>
internal sealed class HelpWithExample(HelpAction usual, IReadOnlyDictionary<Command, string> examples, int width) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.MaxWidth = width;
        parseResult.CommandResult.Command.Hidden = false; // asked for by name
        var code = usual.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command, out var example))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            foreach (var line in example.Split('\n'))
            {
                output.WriteLine("  " + line.TrimEnd('\r'));
            }
        }

        return code;
    }
}
