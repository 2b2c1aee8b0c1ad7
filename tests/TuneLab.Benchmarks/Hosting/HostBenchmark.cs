using System.Globalization;

namespace TuneLab.Benchmarks.Hosting;

/// <summary>What a process of its own costs a trial, and how soon one that misbehaves is ended. Prints medians of several runs, and the bound where there is one.</summary>
public static class HostBenchmark
{
    public static void Run(string[] args, TextWriter output)
    {
        if (SharedTables.Find("adult") is not { } adult || SharedTables.Find("iris") is not { } iris)
        {
            output.WriteLine("The real tables (../shared/data) are not beside this checkout: nothing measured.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
        try
        {
            output.WriteLine("| figure | bound | in process | in hosts |");
            output.WriteLine("|---|---|---|---|");
            var trials = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 300;
            TrialCost.Print("iris, linear, 3 folds", iris, "species", "trainers: linear", trials, folder, output);
            TrialCost.Print("iris, boosting of 10 rounds, 3 folds", iris, "species", "trainers: boosting\nspace: { boosting: { rounds: 10 } }", trials, folder, output);
            TrialCost.Print("adult, boosting of 20 rounds on a fifth of the rows, 3 folds", adult, "income", "trainers: boosting\nspace: { boosting: { rounds: 20, leaves: { low: 4, high: 31 } } }", trials / 10, folder, output, rows: 0.2);
            TrialCost.Print("adult, linear on all rows, 3 folds", adult, "income", "trainers: linear", trials / 30, folder, output);
            HostTimes.Print(output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
