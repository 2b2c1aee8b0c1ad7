using System.Globalization;
using System.Text.Json.Nodes;
using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Testing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TuneLab.Tests.Experiments.Files;

public class PlanSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(PlanSchema.ToJson())!.AsObject();

    [Fact]
    public void ToJson_MatchesTheCommittedSchema() => Golden.Matches("configs/experiment.schema.json", PlanSchema.ToJson());

    [Fact]
    public void ToJson_EveryConfig_FitsTheSchema()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFile.At("configs"), "*.yaml"))
        {
            Assert.True(SchemaWalker.Check(Schema, Json(File.ReadAllText(file))) is [], file);
        }
    }

    // Schema and reader must say the same of each. What a schema can't see (keys against each other) is left to the reader's own tests.
    [Theory]
    [InlineData("")]
    [InlineData("name: 2024\nquestion: true")]
    [InlineData("expect: { by: 5% }")]
    [InlineData("expect: { by: -0.5 }")]
    [InlineData("expect: { by: x% }")]
    [InlineData("expect: { beat: default }")]
    [InlineData("task: binary")]
    [InlineData("task: Binary")]
    [InlineData("validate: { folds: 2, holdout: 0 }")]
    [InlineData("validate: { folds: 1 }")]
    [InlineData("validate: { folds: 2.5 }")]
    [InlineData("validate: { folds: '5' }")]
    [InlineData("validate: { holdout: 0.91 }")]
    [InlineData("validate: { kind: bootstrap, repeats: 0 }")]
    [InlineData("validate: []")]
    [InlineData("trainers: boosting")]
    [InlineData("trainers: [boosting, forest]")]
    [InlineData("trainers: []")]
    [InlineData("trainers: { boosting: 1 }")]
    [InlineData("space: { boosting: { a: 1, b: x, c: [1, x], d: { low: 1, high: 2 }, e: {}, f: true } }")]
    [InlineData("space: { boosting: { a: { scale: logarithmic } } }")]
    [InlineData("space: { boosting: { a: { step: 0 } } }")]
    [InlineData("space: { boosting: { a: [] } }")]
    [InlineData("space: { boosting: { a: [x, x] } }")]
    [InlineData("space: { boosting: 3 }")]
    [InlineData("seed: -1")]
    [InlineData("seed: x")]
    [InlineData("budget: { time: 5m, memory: 2GB, deadline: '07:30' }")]
    [InlineData("budget: { time: 5 }")]
    [InlineData("budget: { time: 5 min }")]
    [InlineData("budget: { memory: 2G }")]
    [InlineData("budget: { deadline: '24:00' }")]
    [InlineData("budget: { trials: 0 }")]
    [InlineData("budget: { patience: 1.0e1 }")]
    [InlineData("stages: auto")]
    [InlineData("stages: other")]
    [InlineData("stages: []")]
    [InlineData("stages: [{ name: coarse, rows: 1 }]")]
    [InlineData("stages: [{ name: coarse, rows: 1.01 }]")]
    [InlineData("stages: [{ name: coarse, shrink: 1 }]")]
    [InlineData("stages: [{ sampler: sobol }]")]
    [InlineData("output: { refit: false, keep_models: 3 }")]
    [InlineData("output: { refit: no }")]
    [InlineData("features: {}")]
    public void Check_FileWithOneFaultOrNone_AgreesWithTheReader(string more)
    {
        var text = Plans.Minimal + more + "\n";
        var readerTakesIt = Takes(text);

        var faults = SchemaWalker.Check(Schema, Json(text));

        Assert.True(readerTakesIt == (faults.Count == 0), $"The reader {(readerTakesIt ? "takes" : "refuses")} it; the schema says: {string.Join("; ", faults)}");
    }

    [Fact]
    public void Check_CanonicalText_FitsTheSchema()
        => Assert.Empty(SchemaWalker.Check(Schema, JsonNode.Parse(PlanJson.Canonical(Plans.Read(Plans.Full)))));

    private static bool Takes(string text)
    {
        try
        {
            Plans.Read(text);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    // YAML as an editor sees it, by the core schema: what is not quoted and looks like a number or a boolean is one
    private static JsonNode? Json(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Json(stream.Documents[0].RootNode);
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => new KeyValuePair<string, JsonNode?>(((YamlScalarNode)c.Key).Value!, Json(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain when plain.Value is "true" or "false" => plain.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } plain when double.TryParse(plain.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } => null,
        YamlScalarNode text => text.Value,
        _ => throw new NotSupportedException(node.GetType().Name),
    };
}
