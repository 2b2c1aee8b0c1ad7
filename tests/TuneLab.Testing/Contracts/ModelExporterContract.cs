using TuneLab.Training.Packaging;

namespace TuneLab.Testing.Contracts;

/// <summary>What every <see cref="IModelExporter"/> keeps. Derive it for each.</summary>
public abstract class ModelExporterContract
{
    /// <summary>A new exporter.</summary>
    protected abstract IModelExporter Make();

    /// <summary>A fitted model with its card; the same for each call.</summary>
    protected abstract ModelExport Export();

    /// <summary>Predictions of a few rows, by the model in memory and by the file's bytes loaded again.</summary>
    protected abstract (double[] InMemory, double[] Loaded) Predict(ModelExport export, byte[] file);

    [Fact]
    public void Extension_BeginsWithADot() => Assert.Matches("^\\.[a-z0-9]+$", Make().Extension);

    [Fact]
    public void Export_Twice_GivesTheSameBytes() => Assert.Equal(Bytes(), Bytes());

    [Fact]
    public void Export_LoadedAgain_PredictsTheSameNumbers()
    {
        var (inMemory, loaded) = Predict(Export(), Bytes());
        Assert.NotEmpty(inMemory);
        Assert.Equal(inMemory, loaded);
    }

    [Fact]
    public void Export_LeavesTheStreamOpen()
    {
        using var stream = new MemoryStream();
        Make().Export(Export(), stream);
        Assert.True(stream.CanWrite);
    }

    private byte[] Bytes()
    {
        using var stream = new MemoryStream();
        Make().Export(Export(), stream);
        return stream.ToArray();
    }
}
