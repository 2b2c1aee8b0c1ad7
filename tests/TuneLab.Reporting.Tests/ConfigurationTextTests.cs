using TuneLab.Experiments.Files;
using TuneLab.Reporting.Text;
using TuneLab.Space;

namespace TuneLab.Reporting.Tests;

public class ConfigurationTextTests
{
    [Fact]
    public void Yaml_PastedIntoAFile_FixesTheSameValues()
    {
        var configuration = new Configuration("boosting",
        [
            new("learning_rate", 0.30000000000000004), new("leaves", 24), new("tiny", 1e-300), new("growth", "leaf"),
            new("word", "true"), new("digits", "10"), new("odd", "a: b # \"c\"\n\\"), new("empty_like", "null"),
        ]);

        var plan = PlanReader.Read("data: { file: a.csv, label: y }\n" + ConfigurationText.Yaml(configuration), "pasted.yaml");

        Assert.Equal(["boosting"], plan.Trainers);
        Assert.Equal(configuration, new Configuration("boosting", plan.Space["boosting"].Select(p => new KeyValuePair<string, ParameterValue>(p.Key, p.Value.Fixed!.Value))));
    }

    [Fact]
    public void Changes_WinnerWithoutAnInactiveParameter_ShowsBothSides()
    {
        var changes = ConfigurationText.Changes(SampleRun.Finished());

        Assert.Contains(("row_share", "not used", "1", "changed"), changes);
        Assert.Contains(("rounds", "217", "300", "by the loss curve"), changes);
    }
}
