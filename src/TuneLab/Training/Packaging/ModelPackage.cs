using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using TuneLab.Data.Encoding;
using TuneLab.Errors;

namespace TuneLab.Training.Packaging;

/// <summary>
/// The model zip: <c>model.json</c> (the card), <c>encoding.bin</c> and <c>model.bin</c>; where there is an ensemble, <c>ensemble.json</c> and <c>ensemble-1.bin</c> and on, a model each. Entries carry a fixed date, so that the same model gives the same bytes.
/// </summary>
public sealed class ModelPackage : IModelExporter
{
    private const string CardEntry = "model.json";
    private const string EncodingEntry = "encoding.bin";
    private const string ModelEntry = "model.bin";
    private const string EnsembleEntry = "ensemble.json";
    private static readonly DateTimeOffset EntryDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public string Extension => ".zip";

    /// <inheritdoc/>
    public void Export(ModelExport export, Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var inputs = export.Encoding.Inputs.Select(i => (JsonNode)new JsonObject
        {
            ["name"] = i.Name,
            ["type"] = i.Type.ToString().ToLowerInvariant(),
            ["levels"] = new JsonArray([.. i.Levels.Select(l => (JsonNode)l)]),
        });
        Add(zip, CardEntry, s => s.Write(Encoding.UTF8.GetBytes(export.Card.ToJson(inputs))));
        Add(zip, EncodingEntry, s => Binary(s, export.Encoding.Save));
        Add(zip, ModelEntry, s => Binary(s, export.Model.Save));
        if (export.Ensemble is { } ensemble)
        {
            var entries = ensemble.Members.Select((m, i) => ReferenceEquals(m.Model, export.Model) ? ModelEntry : "ensemble-" + (i + 1).ToString(CultureInfo.InvariantCulture) + ".bin").ToList();
            Add(zip, EnsembleEntry, s => s.Write(Encoding.UTF8.GetBytes(EnsembleCard.ToJson(ensemble, entries))));
            foreach (var (member, entry) in ensemble.Members.Zip(entries).Where(m => m.Second != ModelEntry))
            {
                Add(zip, entry, s => Binary(s, member.Model.Save));
            }
        }
    }

    /// <summary>Loads a model zip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The trainers that can read models back.</param>
    /// <exception cref="InputException">No such file, no model zip, a newer format, or its trainer is not in this build.</exception>
    public static PredictionModel Load(string path, TrainerCatalog catalog)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file {path}.", "give the model.zip that `tunelab run` or `tunelab export` wrote.");
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Load(stream, path, catalog);
    }

    /// <summary>Loads a model zip.</summary>
    /// <param name="stream">Seekable.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="catalog">The trainers that can read models back.</param>
    /// <exception cref="InputException">No model zip, a newer format, or its trainer is not in this build.</exception>
    public static PredictionModel Load(Stream stream, string source, TrainerCatalog catalog) => Read(stream, source, zip =>
    {
        var card = Card(zip, source);
        return new PredictionModel(card, EncodingOf(zip, source), [(Model(zip, ModelEntry, card.Trainer, source, catalog), 1)]);
    });

    /// <summary>Loads the ensemble that lies in a model zip.</summary>
    /// <param name="stream">Seekable.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="catalog">The trainers that can read models back.</param>
    /// <exception cref="InputException">It holds no ensemble, or is no model zip, or of a newer format, or a trainer is not in this build.</exception>
    public static PredictionModel LoadEnsemble(Stream stream, string source, TrainerCatalog catalog) => Read(stream, source, zip =>
    {
        var card = Card(zip, source);
        if (zip.GetEntry(EnsembleEntry) is null)
        {
            throw new InputException($"{source} holds no ensemble.", "write ensemble: true into the experiment file and run it again; its report says so where none came of it.");
        }

        var members = EnsembleCard.FromJson(Encoding.UTF8.GetString(Bytes(zip, EnsembleEntry, source)));
        return new PredictionModel(card, EncodingOf(zip, source), [.. members.Select(m => (Model(zip, m.Entry, m.Trainer, source, catalog), m.Weight))]);
    });

    /// <summary>Whether these bytes are a zip that says of itself that it is a model of TuneLab's.</summary>
    public static bool IsModel(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            return zip.GetEntry(CardEntry) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>What a model zip says of itself, without its model.</summary>
    /// <param name="bytes">The zip.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="InputException">No model zip, or a newer format.</exception>
    public static (ModelCard Card, IReadOnlyList<InputColumn> Inputs) Describe(byte[] bytes, string source) => Read(new MemoryStream(bytes), source, zip => (Card(zip, source), EncodingOf(zip, source).Inputs));

    private static FeatureEncoding EncodingOf(ZipArchive zip, string source)
    {
        using var reader = new BinaryReader(new MemoryStream(Bytes(zip, EncodingEntry, source)));
        return FeatureEncoding.Load(reader);
    }

    private static ITrainedModel Model(ZipArchive zip, string entry, string trainer, string source, TrainerCatalog catalog)
    {
        using var reader = new BinaryReader(new MemoryStream(Bytes(zip, entry, source)));
        return catalog[trainer].Load(reader);
    }

    private static ModelCard Card(ZipArchive zip, string source) => ModelCard.FromJson(Encoding.UTF8.GetString(Bytes(zip, CardEntry, source)));

    private static T Read<T>(Stream stream, string source, Func<ZipArchive, T> read)
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return read(zip);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or System.Text.Json.JsonException)
        {
            throw new InputException($"{source} is no model zip of TuneLab, or it is damaged: {e.Message}", "give the model.zip that `tunelab run` or `tunelab export` wrote.", e);
        }
    }

    private static void Add(ZipArchive zip, string name, Action<Stream> write)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = EntryDate;
        using var stream = entry.Open();
        write(stream);
    }

    private static void Binary(Stream stream, Action<BinaryWriter> write)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        write(writer);
    }

    private static byte[] Bytes(ZipArchive zip, string name, string source)
    {
        var entry = zip.GetEntry(name) ?? throw new InputException($"{source} is no model zip of TuneLab: it holds no {name}.", "give the model.zip that `tunelab run` or `tunelab export` wrote.");
        using var memory = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
