namespace TuneLab.Cli.Tests.Runs;

/// <summary>Monotone columns from the experiment file to the predictions of the model zip.</summary>
public sealed class MonotoneRunTests : IDisposable
{
    private readonly CliFolder _folder = new();

    [Theory]
    [InlineData("decreasing", -1)]
    [InlineData("increasing", 1)]
    public void Run_MonotoneColumn_IsKeptByTheModelAndSaidInThePlan(string direction, int sign)
    {
        ToyTable.WriteTo(_folder);
        _folder.Write("toy.yaml", ToyTable.Experiment().Replace("label: y }", $"label: y, monotone: {{ a: {direction} }} }}", StringComparison.Ordinal).Replace("trainers: [boosting]\n", "", StringComparison.Ordinal));
        var run = _folder.Run("run", "toy.yaml").Expect(0);
        Assert.Contains("a " + direction, run.Output, StringComparison.Ordinal);
        Assert.Contains(": can't keep a monotone direction", run.Output, StringComparison.Ordinal);

        // three people, each with 51 values of a
        _folder.Write("grid.csv", "a,b,c\n" + string.Concat(Enumerable.Range(0, 153).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 51 / 50.0:0.00},{i / 51 - 1},{"xyz"[i / 51]}\n"))));
        _folder.Run("predict", "runs/toy/model.zip", "grid.csv", "-o", "out.csv").Expect(0);
        var lines = File.ReadAllLines(_folder.At("out.csv"));
        var column = Array.IndexOf(lines[0].Split(','), "probability");
        var probabilities = lines.Skip(1).Select(l => double.Parse(l.Split(',')[column], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(153, probabilities.Length);
        Assert.All(Enumerable.Range(1, 152).Where(i => i % 51 != 0), i => Assert.True(sign * (probabilities[i] - probabilities[i - 1]) >= -1e-12));
        Assert.Equal(sign > 0, probabilities.Distinct().Count() > 6); // the label rises with a: against it there is little to say of a
    }

    [Fact]
    public void Run_TrainerThatCannotKeepIt_SaysWhoCan()
    {
        ToyTable.WriteTo(_folder);
        _folder.Run("run", "toy.yaml", "--set", "data.monotone={ a: increasing }", "--set", "trainers=[forest]", "--set", "space=").ExpectBadInput("'forest' can't keep the monotone direction of 'a'", "boosting");
    }

    [Fact]
    public void Run_ColumnThatIsNotThere_NamesTheNearest()
    {
        ToyTable.WriteTo(_folder);
        _folder.Run("run", "toy.yaml", "--set", "data.monotone={ bb: increasing }").ExpectBadInput("no column 'bb' (monotone)", "Did you mean 'b'?");
    }

    [Fact]
    public void Run_CategoryAsMonotone_SaysWhatCanBe()
    {
        ToyTable.WriteTo(_folder);
        _folder.Run("run", "toy.yaml", "--set", "data.monotone={ c: increasing }").ExpectBadInput("'c' is a category and can't be monotone", "data.types");
    }

    public void Dispose() => _folder.Dispose();
}
