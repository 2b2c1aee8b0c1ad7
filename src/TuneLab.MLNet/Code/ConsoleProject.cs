using System.Reflection;
using System.Text;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Training.Packaging;

namespace TuneLab.MLNet.Code;

/// <summary>
/// A small console project that loads a model zip with ML.NET alone and predicts a row: a class of the raw columns, a class of the answer, a program. It needs nothing of TuneLab.
/// </summary>
public static class ConsoleProject
{
    /// <summary>The name under which the model lies beside the program.</summary>
    public const string ModelFile = "model.zip";

    // which package reads the models of a trainer; those not named are in Microsoft.ML itself
    private static readonly Dictionary<string, string> PackageOf = new(StringComparer.Ordinal)
    {
        ["lightgbm"] = "Microsoft.ML.LightGbm",
        ["fasttree"] = "Microsoft.ML.FastTree",
        ["fastforest"] = "Microsoft.ML.FastTree",
        ["fasttreetweedie"] = "Microsoft.ML.FastTree",
        ["gam"] = "Microsoft.ML.FastTree",
    };

    /// <summary>Its files, the model left out.</summary>
    /// <param name="card">The model's card: task, label, trainer and the experiment, which the classes are named after.</param>
    /// <param name="inputs">The raw columns that the zip starts from.</param>
    public static IReadOnlyList<CodeFile> Write(ModelCard card, IReadOnlyList<InputColumn> inputs)
    {
        var name = CodeNames.Of(card.Experiment, "Model");
        var (row, answer, space) = (name + "Input", name + "Prediction", name + "Model"); // a namespace of the name alone might hide a type: Console
        return
        [
            new CodeFile(name + ".csproj", Project(card.Trainer)),
            new CodeFile(row + ".cs", Input(row, space, inputs)),
            new CodeFile(answer + ".cs", Answer(answer, space, card)),
            new CodeFile("Program.cs", Program(row, answer, space, card, inputs)),
        ];
    }

    private static string Project(string trainer)
    {
        var version = typeof(ConsoleProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "MLNetVersion").Value;
        string[] packages = ["Microsoft.ML", .. PackageOf.TryGetValue(trainer, out var package) ? [package] : Array.Empty<string>()];
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>

              <ItemGroup>
            {string.Join('\n', packages.Select(p => $"    <PackageReference Include=\"{p}\" Version=\"{version}\" />"))}
              </ItemGroup>

              <ItemGroup>
                <None Update="{ModelFile}" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>

            """.ReplaceLineEndings("\n");
    }

    private static string Input(string row, string space, IReadOnlyList<InputColumn> inputs)
    {
        var names = Properties(row, inputs);
        var text = new StringBuilder();
        text.Append("using Microsoft.ML.Data;\n\nnamespace ").Append(space).Append(";\n\n")
            .Append("/// <summary>A row as the model takes it. What is missing: float.NaN, null or an empty text, default(DateTime).</summary>\n")
            .Append("public sealed class ").Append(row).Append("\n{\n");
        for (var i = 0; i < inputs.Count; i++)
        {
            var input = inputs[i];
            text.Append(i == 0 ? "" : "\n");
            if (Known(input) is { } known)
            {
                text.Append(CultureInfo.InvariantCulture, $"    /// <summary>{known}</summary>\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"    [ColumnName({CodeNames.Literal(input.Name)})]\n    public {TypeOf(input.Type)} {names[i]} {{ get; set; }}{(input.Type == ColumnType.Number ? " = float.NaN;" : "")}\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Answer(string answer, string space, ModelCard card)
    {
        var label = Escaped(card.Label);
        var properties = card.Task switch
        {
            LearningTask.Regression => [($"The predicted '{label}'.", "float Score")],
            LearningTask.Binary =>
            [
                ($"The predicted '{label}': {Escaped(card.Classes[1])} or {Escaped(card.Classes[0])}.", "string? PredictedLabel"),
                ($"How likely {Escaped(card.Classes[1])} is.", "float Probability"),
            ],
            _ => new (string, string)[]
            {
                ($"The predicted '{label}'.", "string? PredictedLabel"),
                ("A score for each class, the highest of which is predicted.", "float[]? Score"),
            },
        };
        return $"namespace {space};\n\n/// <summary>What the model says of a row.</summary>\npublic sealed class {answer}\n{{\n"
            + string.Join("\n", properties.Select(p => $"    /// <summary>{p.Item1}</summary>\n    public {p.Item2} {{ get; set; }}\n")) + "}\n";
    }

    private static string Program(string row, string answer, string space, ModelCard card, IReadOnlyList<InputColumn> inputs)
    {
        var names = Properties(row, inputs);
        var values = string.Concat(inputs.Select((input, i) => $"    {names[i]} = {Example(input)},\n"));
        var print = card.Task switch
        {
            LearningTask.Regression => $"Console.WriteLine({CodeNames.Literal(card.Label + ": ")} + prediction.Score);",
            LearningTask.Binary => $"Console.WriteLine({CodeNames.Literal(card.Label + ": ")} + prediction.PredictedLabel + {CodeNames.Literal($" (probability of {card.Classes[1]}: ")} + prediction.Probability + \")\");",
            _ => $"Console.WriteLine({CodeNames.Literal(card.Label + ": ")} + prediction.PredictedLabel + \" (scores: \" + string.Join(\", \", prediction.Score ?? []) + \")\");",
        };
        return $$"""
            using Microsoft.ML;
            using {{space}};

            var context = new MLContext();
            var model = context.Model.Load(Path.Combine(AppContext.BaseDirectory, "{{ModelFile}}"), out _);
            using var engine = context.Model.CreatePredictionEngine<{{row}}, {{answer}}>(model);

            // put the values of a row of your own here; an engine serves one thread
            var prediction = engine.Predict(new {{row}}
            {
            {{values}}});
            {{print}}

            """.ReplaceLineEndings("\n");
    }

    private static string[] Properties(string row, IReadOnlyList<InputColumn> inputs) => CodeNames.Distinct(inputs.Select((input, i) => CodeNames.Of(input.Name, $"Column{i + 1}")), row);

    private static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.Number => "float",
        ColumnType.Date => "DateTime",
        _ => "string?",
    };

    private static string? Known(InputColumn input)
    {
        const int most = 8;
        return input.Levels.Count == 0 ? null
            : (input.Type == ColumnType.Boolean ? "" : "Known values: ") + Escaped(string.Join(input.Type == ColumnType.Boolean ? " or " : ", ", input.Levels.Take(most))) + (input.Levels.Count > most ? $" and {input.Levels.Count - most} more" : "") + ".";
    }

    private static string Example(InputColumn input) => input.Type switch
    {
        ColumnType.Number => "0",
        ColumnType.Date => "new DateTime(2024, 1, 31)",
        _ when input.Levels.Count > 0 => CodeNames.Literal(input.Levels[0]),
        _ => CodeNames.Literal(""),
    };

    // for a doc comment, on one line
    private static string Escaped(string text)
        => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
