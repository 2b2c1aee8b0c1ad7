using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Running;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Tests.Experiments.Running;
using TuneLab.Training;

namespace TuneLab.Tests.Experiments;

/// <summary>Which trainers a plan with monotone columns gets, and that their folds know of them.</summary>
public sealed class MonotonePlanTests : IDisposable
{
    private static readonly TrainerCatalog Catalog = new([Trainer("careful", monotone: true), Trainer("careless"), Trainer("wild")]);
    private static readonly TrainerCatalog TwoEngines = new([Trainer("wild", engine: "other"), Trainer("careful", monotone: true)], null, "other");
    private readonly Bench _bench = new();

    [Fact]
    public void Load_NoTrainersNamed_TakesThoseThatKeepDirectionsAndNamesTheOthers()
    {
        var resolved = Load(Monotone("a"), Catalog).Resolved;

        Assert.Equal(["careful"], resolved.Trainers.Select(t => t.Trainer.Info.Id));
        Assert.Equal(["careless", "wild"], resolved.LeftOut);
    }

    [Fact]
    public void Load_NoDefaultTrainerCan_TakesThoseOfAnotherEngineThatCan()
    {
        var resolved = Load(Monotone("a"), TwoEngines).Resolved;

        Assert.Equal(["careful"], resolved.Trainers.Select(t => t.Trainer.Info.Id));
        Assert.Equal(["wild"], resolved.LeftOut);
    }

    [Fact]
    public void Load_SpaceNamesATrainerOfAnotherEngine_ItTakesPartBesideTheDefaults()
    {
        var plan = _bench.Plan() with { Space = new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>> { ["careful"] = new Dictionary<string, ParameterEdit> { ["rate"] = new() { Low = 0.25 } } } };
        var resolved = LoadedExperiment.From(plan, Bench.Data(), TwoEngines).Resolved;

        Assert.Equal(["wild", "careful"], resolved.Trainers.Select(t => t.Trainer.Info.Id));
        Assert.Equal(0.25, Assert.IsType<FloatParameter>(resolved.Trainers[1].Space.Parameters[0]).Low);
    }

    [Fact]
    public void Load_NothingMonotone_LeavesNobodyOut()
    {
        var resolved = Load(new DataRoles { Label = "y" }, Catalog).Resolved;

        Assert.Equal(3, resolved.Trainers.Count);
        Assert.Empty(resolved.LeftOut);
    }

    [Fact]
    public void Load_TrainerNamedThatCannot_SaysWhoCan()
    {
        var error = Assert.Throws<InputException>(() => Load(Monotone("a", "b"), Catalog, "careful", "wild"));

        Assert.Equal(["The trainer 'wild' can't keep the monotone directions of 'a', 'b'; take it out of 'trainers' or the columns out of 'data.monotone'. Those that can: careful."], error.Faults);
    }

    [Fact]
    public void Load_NoTrainerThatCan_SaysSo()
    {
        var error = Assert.Throws<InputException>(() => Load(Monotone("a"), new TrainerCatalog([Trainer("wild")])));

        Assert.Equal(["No trainer of this build can keep the monotone direction of 'a'."], error.Faults);
    }

    [Fact]
    public void Load_MonotoneColumn_IsAnotherExperimentWithAnotherFingerprint()
    {
        var (plain, constrained) = (Load(new DataRoles { Label = "y" }, Catalog, "careful"), Load(Monotone("a"), Catalog, "careful"));

        Assert.NotEqual(plain.Identity, constrained.Identity);
        Assert.NotEqual(plain.Table.Fingerprint, constrained.Table.Fingerprint);
    }

    [Fact]
    public void Fold_OfAPlanWithDirections_HasThem()
    {
        var folds = new FoldSource(Load(Monotone("b"), Catalog));

        Assert.Equal([new("b", MonotoneDirection.Increasing)], folds.Get(folds.Search[0]).Fold.Monotone);
    }

    private LoadedExperiment Load(DataRoles roles, TrainerCatalog catalog, params string[] trainers)
    {
        var plan = _bench.Plan();
        return LoadedExperiment.From(plan with { Data = plan.Data with { Roles = roles }, Trainers = trainers }, Bench.Data(), catalog);
    }

    private static DataRoles Monotone(params string[] columns) => new() { Label = "y", Monotone = columns.ToDictionary(c => c, _ => MonotoneDirection.Increasing) };

    private static SampleTrainer Trainer(string id, bool monotone = false, string engine = "embedded")
        => new(id, new SearchSpace(new FloatParameter("rate", 0, 1)), new Configuration(id, [new("rate", 0.5)]), monotone, engine);

    public void Dispose() => _bench.Dispose();
}
