using System.Text;
using TuneLab.Experiments;

namespace TuneLab.Testing.Contracts;

/// <summary>What every <see cref="IResultWriter"/> keeps. Derive it for each.</summary>
public abstract class ResultWriterContract
{
    /// <summary>A new writer.</summary>
    protected abstract IResultWriter Make();

    /// <summary>A run to write.</summary>
    protected abstract RunRecord Record();

    [Fact]
    public void Names_AreFitForAFileAndAKey()
    {
        Assert.Matches("^[a-z_]+$", Make().Kind);
        Assert.Matches("^[a-z0-9-]+\\.[a-z]+$", Make().FileName);
    }

    [Fact]
    public void Write_TwiceByTwoInstances_GivesTheSameUtf8()
    {
        var record = Record();
        var bytes = Bytes(record);
        Assert.Equal(bytes, Bytes(record));
        Assert.NotEmpty(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        Assert.False(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
    }

    [Fact]
    public void Write_LeavesTheStreamOpen()
    {
        using var stream = new MemoryStream();
        Make().Write(Record(), stream);
        Assert.True(stream.CanWrite);
    }

    private byte[] Bytes(RunRecord record)
    {
        using var stream = new MemoryStream();
        Make().Write(record, stream);
        return stream.ToArray();
    }
}
