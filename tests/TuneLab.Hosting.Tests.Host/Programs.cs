using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace TuneLab.Hosting.Tests.Host;

/// <summary>Programs of a user's, good and bad ones: <c>program NAME ...</c>.</summary>
internal static class Programs
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static int Run(string[] arguments)
    {
        switch (arguments[0])
        {
            case "say": // its arguments, folder and variables
                Console.WriteLine(JsonSerializer.Serialize(arguments[1..]));
                Console.WriteLine(Environment.CurrentDirectory);
                Console.WriteLine(Environment.GetEnvironmentVariable("TUNELAB_TRIAL"));
                Console.WriteLine(Console.In.ReadToEnd().Length);
                return 0;
            case "fail":
                Console.Error.WriteLine("first words");
                Console.Error.WriteLine("ValueError: singular");
                return 7;
            case "parent": // a child that sleeps, whose number it prints, and then sleeps itself or ends (leaves: the child prints on)
                using (var child = Start(arguments[1] == "leaves" ? "prints" : "sleep"))
                {
                    Console.WriteLine(child.Id.ToString(CultureInfo.InvariantCulture));
                    Thread.Sleep(arguments[1] == "sleeps" ? Long : TimeSpan.FromMilliseconds(300)); // long enough to be seen with it
                }

                return 0;
            case "sleep":
                Thread.Sleep(Long);
                return 0;
            case "prints": // and goes on with it
                for (var left = Long; left > TimeSpan.Zero; left -= Pause)
                {
                    Console.WriteLine("still here");
                    Thread.Sleep(Pause);
                }

                return 0;
            case "hog": // 300 MB, itself or in a child
                if (arguments[1] == "child")
                {
                    using var child = Start("hog", "self");
                    child.WaitForExit();
                    return 0;
                }

                var bytes = new byte[300 << 20];
                Array.Fill(bytes, (byte)1);
                Thread.Sleep(Long);
                return bytes[7];
            case "score": // the best is 0.3; it takes a few rounds, slowly where it is asked to
                var x = double.Parse(arguments[1], CultureInfo.InvariantCulture);
                var seed = int.Parse(Environment.GetEnvironmentVariable("TUNELAB_SEED")!, CultureInfo.InvariantCulture);
                for (var round = 1; round <= 3; round++)
                {
                    Thread.Sleep(arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 0);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"round\": {round}, \"score\": {Math.Round((1 - (x - 0.3) * (x - 0.3)) * round / 3 + seed % 1000 / 1e6, 9)}}}"));
                }

                return 0;
            default:
                throw new ArgumentException("There is no program " + arguments[0], nameof(arguments));
        }
    }

    private static Process Start(params string[] arguments)
    {
        var command = HostCommands.This(["program", .. arguments]);
        return Process.Start(new ProcessStartInfo(command.File, command.Arguments))!;
    }
}
