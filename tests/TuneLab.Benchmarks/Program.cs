using TuneLab.Benchmarks;
using TuneLab.Benchmarks.Busy;
using TuneLab.Benchmarks.Choice;
using TuneLab.Benchmarks.Curves;
using TuneLab.Benchmarks.Forecasts;
using TuneLab.Benchmarks.Honesty;
using TuneLab.Benchmarks.Hosting;
using TuneLab.Benchmarks.Learners;
using TuneLab.Benchmarks.Portfolio;
using TuneLab.Benchmarks.Race;
using TuneLab.Benchmarks.Samplers;
using TuneLab.Benchmarks.Staging;
using TuneLab.Benchmarks.Tabulated;
using TuneLab.Benchmarks.Work;
using TuneLab.Errors;

// One line per benchmark: name, what it prints, how to run it.
var benchmarks = new SortedDictionary<string, Action<string[], TextWriter>>(StringComparer.Ordinal)
{
    ["busy"] = BusyBenchmark.Run,
    ["choice"] = ChoiceBenchmark.Run,
    ["csv"] = CsvBenchmark.Run,
    ["curves"] = CurvesBenchmark.Run,
    ["forecast"] = ForecastBenchmark.Run,
    ["honesty"] = HonestyBenchmark.Run,
    ["host"] = HostBenchmark.Run,
    ["importance"] = ImportanceBenchmark.Run,
    ["kills"] = KillsBenchmark.Run,
    ["learners"] = LearnersBenchmark.Run,
#if MLNET_AUTOML
    ["mlnet"] = TuneLab.Benchmarks.AutoML.ConfigurationsBenchmark.Run,
#endif
    ["pauses"] = PausesBenchmark.Run,
    ["portfolio"] = PortfolioBenchmark.Run,
    ["race"] = RaceBenchmark.Run,
    ["samplers"] = SamplerBenchmark.Run,
    ["search"] = SearchBenchmark.Run,
    ["staging"] = StagingBenchmark.Run,
    ["store"] = StoreBenchmark.Run,
    ["tabulated"] = TabulatedBenchmark.Run,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/TuneLab.Benchmarks -- NAME   with NAME one of: " + string.Join(", ", benchmarks.Keys));
    return 2;
}

try
{
    run(args[1..], Console.Out);
    return 0;
}
catch (InputException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(wrong.Hint);
    return 2;
}
