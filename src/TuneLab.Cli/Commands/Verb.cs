using System.CommandLine;

namespace TuneLab.Cli.Commands;

/// <summary>One verb of the command line: its options and what it does. An instance serves one command line.</summary>
internal abstract class Verb
{
    /// <summary>The word after <c>tunelab</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One or two sentences for the help.</summary>
    public abstract string Description { get; }

    /// <summary>Command lines that show it at work; lines parted by a line feed.</summary>
    public abstract string Example { get; }

    /// <summary>Whether the list of verbs leaves it out. <value>False.</value></summary>
    public virtual bool Hidden => false;

    /// <summary>Verbs of its own: <c>add</c> of <c>tunelab journal add</c>. <value>None.</value></summary>
    protected virtual IReadOnlyList<Verb> Parts => [];

    /// <summary>The command that the parser knows.</summary>
    /// <param name="invocation">Gives the verb its surroundings once the options are parsed.</param>
    /// <param name="examples">Gets the examples of the command and its parts.</param>
    public Command Build(Func<ParseResult, Invocation> invocation, IDictionary<Command, string> examples)
    {
        var command = new Command(Name, Description) { Hidden = Hidden };
        Declare(command);
        command.SetAction(parsed => Run(invocation(parsed)));
        examples[command] = Example;
        foreach (var part in Parts)
        {
            command.Subcommands.Add(part.Build(invocation, examples));
        }

        return command;
    }

    /// <summary>Adds the verb's own arguments and options.</summary>
    protected abstract void Declare(Command command);

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="Errors.TuneLabException">It can't be done; the message is for the person.</exception>
    protected abstract int Run(Invocation call);
}
