using TuneLab.Hosting;
using TuneLab.Hosting.Serving;
using TuneLab.Hosting.Tests.Host;

// (nothing)   serves, as tunelab host does
// parent      owns a pool whose host works on a round that never ends; prints the host's process id
// broken      ends at once with an error
// silent      never says hello
// slow        serves, after as many milliseconds as it is told
// cheap       serves, and misbehaves in cheap configurations
// program     is one of the programs that a user might tune
switch (args.FirstOrDefault())
{
    case "parent":
        using (var pool = new HostPool(new HostPoolOptions { Command = HostCommands.This() }))
        {
            ParentWork.Run(pool, Enum.Parse<Misdeed>(args[1]));
        }

        return 0;
    case "broken":
        Console.Error.WriteLine("the library is not there");
        return 3;
    case "silent":
        Console.ReadLine();
        return 0;
    case "slow":
        Thread.Sleep(int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));
        return HostServer.Run(RogueTrainer.Catalog);
    case "cheap":
        return HostServer.Run(RogueTrainer.With(new RogueTrainer(Enum.Parse<Misdeed>(args[1]))));
    case "program":
        return Programs.Run(args[1..]);
    default:
        return HostServer.Run(RogueTrainer.Catalog);
}
