using TuneLab.Experiments;
using TuneLab.Experiments.Journal;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>What a new experiment makes of what is known of its data.</summary>
public sealed class PriorTests
{
    [Fact]
    public void Run_DataThatAreKnown_BeginsWithWhatDidWellThere()
    {
        using var bench = new Bench { Prior = true };
        var first = bench.Run(bench.Plan());
        var second = bench.Run(bench.Plan() with { Name = "second", Seed = 8 });
        var trials = bench.Store.Trials(2);
        Assert.Equal(first.Best.Configuration, trials.First(t => t.Stage == "coarse").Configuration);
        Assert.Contains(second.Stages, s => s.Notes.Any(n => n.Contains("did well on these data", StringComparison.Ordinal)));
        Assert.Contains(bench.Monitor.Notes, n => n.Contains("from 'bench'", StringComparison.Ordinal) && n.Contains(first.Verdict.Sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_StoppedAndGoneOnWith_KeepsWhatItBeganWith(int jobs)
    {
        using var bench = new Bench { Prior = true };
        bench.Run(bench.Plan());
        var whole = Trials(bench.Run(bench.Plan() with { Seed = 8 }, jobs), bench, 2);

        using var other = new Bench { Prior = true };
        other.Run(other.Plan());
        using (var stop = new CancellationTokenSource())
        {
            other.Monitor.OnTrial = t =>
            {
                if (t.Number >= 12)
                {
                    stop.Cancel();
                }
            };
            other.Run(other.Plan() with { Seed = 8 }, jobs, stop: stop.Token);
        }

        other.Monitor.OnTrial = null;
        other.Run(other.Plan() with { Seed = 9 }); // the store learns more meanwhile
        Assert.Equal(whole, Trials(other.Run(other.Plan() with { Seed = 8 }), other, 2));

        static List<string> Trials(ExperimentResult result, Bench bench, long id) => [.. bench.Store.Trials(id).Select(t => t.Stage + t.Configuration.Canonical)];
    }

    [Fact]
    public void Run_SameSearchAskedOtherwise_FindsEverythingInTheCache()
    {
        using var bench = new Bench { Prior = true };
        bench.Run(bench.Plan());
        var again = bench.Run(bench.Plan() with { Name = "again", Expect = new Expectation { By = 0.5 } });
        Assert.InRange(again.Evaluations.Computed, 0, 2); // the final fits of the holdout are looked at anew
    }

    [Fact]
    public void Journal_AnswersAndNotes_NewestFirstAndSearched()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan() with { Question = "Does tuning help?" });
        bench.Store.AddNote(new JournalNote(1, "the label is noisy", DateTimeOffset.MaxValue));
        bench.Store.AddNote(new JournalNote(null, "ask for more rows", DateTimeOffset.MinValue));
        var all = JournalReader.Read(bench.Store, []);
        Assert.Equal(["the label is noisy", null, "ask for more rows"], all.Select(e => e.Note));
        Assert.Equal(("bench", "Does tuning help?", "made.csv", "auc"), (all[1].Experiment, all[1].Question, all[1].Data, all[1].Metric));
        Assert.Equal("Does tuning help?", Assert.Single(JournalReader.Read(bench.Store, ["TUNING", "gradient"])).Question);
        Assert.Equal(["the label is noisy"], JournalReader.Read(bench.Store, ["noisy"]).Select(e => e.Note));
        Assert.Empty(JournalReader.Read(bench.Store, ["noisy", "tuning"]));
    }
}
