using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Engines;
using TuneLab.Hosting.Serving;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab host</c>: the process that trials run in; started by <c>run</c> and <c>check</c>.</summary>
internal sealed class HostVerb : Verb
{
    public override string Name => "host";

    public override string Description => "Internal: trains for 'tunelab run', which starts it where a plan says 'isolate: true'. Takes requests on standard input and answers on standard output; ends with its input.";

    public override string Example => "tunelab host < /dev/null";

    public override bool Hidden => true;

    protected override void Declare(Command command)
    {
    }

    protected override int Run(Invocation call) => HostServer.Run(EngineCatalog.Create());
}
