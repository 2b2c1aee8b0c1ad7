using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using TuneLab.Training;
using TuneLab.Training.Packaging;

namespace TuneLab.MLNet.Tests.Engine.Export;

/// <summary>A table with a column of every type that a model zip of ML.NET can start from, and missing values in each.</summary>
internal sealed class RawTable
{
    private const int Rows = 300;
    private static readonly string[] Words = ["good", "Bad", "VERY", "not", "Straße", "дом", "東京", "İzmir", "l'été", "x2", "\U0001F600", "über-lang,er;Text"];
    private static readonly string[] Towns = ["Aachen", "Bonn", "Düren", "Essen", "Köln \"am Rhein\""];

    public RawTable(LearningTask task)
    {
        var random = new SeededRandom(5);
        var (age, income, target) = (new double[Rows], new double[Rows], new double[Rows]);
        var remark = new string?[Rows];
        var (town, married, since) = (new int[Rows], new int[Rows], new long[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            (age[i], income[i]) = (random.NextInt(8) == 0 ? double.NaN : 20 + random.NextInt(60), Math.Exp(8 + random.NextNormal()));
            (town[i], married[i]) = (random.NextInt(Towns.Length + 1) - 1, random.NextInt(3) - 1);
            since[i] = random.NextInt(9) == 0 ? DateColumn.Missing : new DateTime(1897, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddDays(random.NextInt(80_000)).AddMinutes(random.NextInt(1440)).Ticks;
            remark[i] = random.NextInt(7) == 0 ? null : string.Join(random.NextInt(2) == 0 ? " " : " \u2013 ", Enumerable.Range(0, random.NextInt(9)).Select(_ => Words[random.NextInt(Words.Length)]));
            var score = ((double.IsNaN(age[i]) ? 45 : age[i]) - 50) / 15 + (town[i] is 1 or 2 ? 1.5 : -0.5) + (married[i] == 1 ? 1 : 0) + (since[i] == DateColumn.Missing ? 1 : new DateTime(since[i]).Month / 6.0 - 1) + (remark[i]?.Contains("good", StringComparison.Ordinal) == true ? 0.7 : 0) + (0.3 * random.NextNormal());
            target[i] = task switch { LearningTask.Binary => score > 0 ? 1 : 0, LearningTask.Multiclass => score < -0.8 ? 0 : score < 0.8 ? 1 : 2, _ => 500 + (40 * score) };
        }

        Column[] columns =
        [
            new NumberColumn("age", age), new CategoryColumn("town", town, Towns), new NumberColumn("Features", income),
            new CategoryColumn("married", married, ["no", "yes"], ColumnType.Boolean), new DateColumn("customer since", since), new TextColumn("remark", remark),
        ];
        (Data, Task) = (new Dataset("the test's table", columns), task);
        int[] train = [.. Enumerable.Range(0, Rows * 4 / 5)];
        Encoding = FeatureEncoder.Fit(columns, train);
        Fold = new PreparedFold(task, task == LearningTask.Multiclass ? 3 : 1, Encoding.Transform(Data), target, null, train);
    }

    public LearningTask Task { get; }

    public Dataset Data { get; }

    public FeatureEncoding Encoding { get; }

    public PreparedFold Fold { get; }

    /// <summary>Names of classes that an expression would trip over.</summary>
    public IReadOnlyList<string> Classes => Task switch { LearningTask.Binary => ["it's \"no\"", "yes\\ja"], LearningTask.Multiclass => ["low", "mid \"dle\"", "high"], _ => [] };

    /// <summary>The card of a model of this table.</summary>
    public ModelCard Card(string trainer) => new()
    {
        Task = Task, Label = "answer", Classes = Classes, Threshold = 0.4, Trainer = trainer, TrainerVersion = 1, Configuration = trainer + "{}", Rounds = 1, Metric = "any",
        Scores = new Dictionary<string, double>(), Seed = 1, Fingerprint = "none", Experiment = "round trip", Plan = "{}",
    };

    /// <summary>The rows as a plain class has them.</summary>
    public IEnumerable<RawRow> AsRows() => Enumerable.Range(0, Rows).Select(i => new RawRow
    {
        Age = (float)((NumberColumn)Data["age"]).Values[i],
        Income = (float)((NumberColumn)Data["Features"]).Values[i],
        Town = Data["town"].IsMissing(i) ? null : Data["town"].Text(i),
        Married = Data["married"].IsMissing(i) ? null : Data["married"].Text(i),
        Remark = Data["remark"].IsMissing(i) ? null : Data["remark"].Text(i),
        Since = Data["customer since"].IsMissing(i) ? default : new DateTime(((DateColumn)Data["customer since"]).Ticks[i]),
    });
}
