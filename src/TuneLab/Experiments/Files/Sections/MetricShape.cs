using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Errors;
using TuneLab.Experiments.Files.Shapes;
using TuneLab.Metrics;

namespace TuneLab.Experiments.Files.Sections;

/// <summary>What ranks trials.</summary>
/// <param name="Name">A metric's id, or what a program calls its score.</param>
/// <param name="Maximize">Whether more is better; null for a metric that this build knows, which says so itself.</param>
internal sealed record PlannedMetric(string Name, bool? Maximize);

/// <summary>A metric by its id, or a program's score with its direction.</summary>
internal sealed class MetricShape : Shape<PlannedMetric>
{
    private readonly ScoreSection _score = new();

    public override string Allowed => Names.Metrics.Allowed + "; with trainer: command also { name: score, direction: maximize }";

    /// <summary>The direction of a metric that this build knows.</summary>
    public static bool DirectionOf(string id) => MetricCatalog.All.First(m => m.Id == id).HigherIsBetter;

    public override bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out PlannedMetric value)
    {
        if (node is MapNode)
        {
            return _score.TryRead(node, context, out value);
        }

        if (node is ScalarNode scalar && MetricCatalog.TasksOf(scalar.Text).Count > 0)
        {
            value = new PlannedMetric(scalar.Text, null);
            return true;
        }

        var nearest = node is ScalarNode wrong ? Nearest.Of(wrong.Text, MetricCatalog.All.Select(m => m.Id)) : null;
        context.Faults.AddWrong(node, nearest is null ? Allowed : Allowed + "; did you mean '" + nearest + "'?");
        value = null;
        return false;
    }

    public override void Write(Utf8JsonWriter writer, PlannedMetric value)
    {
        if (value.Maximize is null)
        {
            Names.Metrics.Write(writer, value.Name);
        }
        else
        {
            _score.Write(writer, value);
        }
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(Names.Metrics.Schema(), _score.Schema()) };

    private sealed class ScoreSection : SectionShape<PlannedMetric>
    {
        private readonly Key<string> _name;
        private readonly Key<bool> _direction;

        public ScoreSection()
        {
            _name = Required("name", new TextShape("the name of a number in the program's JSON lines", false, CommandPlan.DefaultMetric), "Under what name the program's JSON lines have the score.");
            _direction = Required("direction", new NameShape<bool>([new("maximize", true), new("minimize", false)]), "Whether more or less of it is better.");
        }

        protected override PlannedMetric Build(SectionReader section) => new(section.Get(_name) ?? "", section.Maybe(_direction) ?? true);

        protected override void Put(SectionWriter section, PlannedMetric value)
        {
            section.Put(_name, value.Name);
            section.Put(_direction, value.Maximize);
        }
    }
}
