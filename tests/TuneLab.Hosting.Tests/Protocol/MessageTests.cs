using TuneLab.Errors;
using TuneLab.Hosting.Protocol;

namespace TuneLab.Hosting.Tests.Protocol;

public sealed class MessageTests
{
    public static TheoryData<string> Requests => new(Examples.Keys);

    private static Dictionary<string, HostRequest> Examples { get; } = new HostRequest[]
    {
        new RowsNote(3), new AdvanceRequest(int.MaxValue), new PredictRequest(0), new OutOfBagRequest(), new SaveRequest(), new CompleteRequest(), new EndRequest(), new CancelNote(), new ThreadsNote(5),
    }.ToDictionary(r => r.GetType().Name);

    [Theory]
    [MemberData(nameof(Requests))]
    public void Read_InPiecesOfAnySize_IsWhatWasWritten(string name)
    {
        for (var piece = 1; piece < 60; piece += 7)
        {
            using var stream = new PiecewiseStream(piece);
            var writer = new MessageWriter<HostRequest>(stream, ProtocolJson.Default.HostRequest);
            var bytes = Enumerable.Range(0, 10_000).Select(i => (byte)i).ToArray(); // line feeds and braces among them
            var sent = Examples[name] with { Bytes = bytes.Length };
            writer.Write(sent, bytes);
            writer.Write(new EndRequest());
            stream.Position = 0;
            var reader = new MessageReader<HostRequest>(stream, ProtocolJson.Default.HostRequest);
            var read = reader.Read()!.Value;
            Assert.Equal(sent, read.Line);
            Assert.Equal(bytes, read.Payload);
            Assert.IsType<EndRequest>(reader.Read()!.Value.Line);
            Assert.Null(reader.Read());
        }
    }

    [Fact]
    public void Read_LineLongerThanTheBuffer_IsWhatWasWritten()
    {
        using var stream = new MemoryStream();
        var sent = new FailureAnswer(FailureKind.Input, new string('x', 20_000) + "\n{}", "hint", ["a", "b"], "", true);
        new MessageWriter<HostAnswer>(stream, ProtocolJson.Default.HostAnswer).Write(sent);
        stream.Position = 0;
        var read = (FailureAnswer)new MessageReader<HostAnswer>(stream, ProtocolJson.Default.HostAnswer).Read()!.Value.Line;
        Assert.Equal(sent with { Faults = [] }, read with { Faults = [] });
        Assert.Equal(sent.Faults, read.Faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"do\":\"end\"}")]
    [InlineData("{\"do\":\"rows\",\"list\":1,\"bytes\":8}\n1234")]
    public void Read_PipeEndsWithinAMessage_IsTheEnd(string text)
        => Assert.Null(new MessageReader<HostRequest>(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), ProtocolJson.Default.HostRequest).Read());

    [Theory]
    [InlineData("hello\n")]
    [InlineData("{\"do\":\"dance\"}\n")]
    [InlineData("null\n")]
    [InlineData("{\"do\":\"end\",\"bytes\":-1}\n")]
    public void Read_NoMessage_IsInvalidData(string text)
        => Assert.Throws<InvalidDataException>(() => new MessageReader<HostRequest>(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), ProtocolJson.Default.HostRequest).Read());

    [Fact]
    public void From_FailureOfSeveralFaults_IsTheSameInput()
    {
        var thrown = new InputException("churn.yaml has faults:", ["one", "two"], "mend them");
        var arrived = Assert.IsType<InputException>(Failures.From(Failures.Of(thrown)));
        Assert.Equal((thrown.Message, thrown.Hint), (arrived.Message, arrived.Hint));
        Assert.Equal(thrown.Faults, arrived.Faults);
    }

    /// <summary>Gives at most so many bytes at once, as a pipe may.</summary>
    private sealed class PiecewiseStream(int piece) : MemoryStream
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);
    }
}
