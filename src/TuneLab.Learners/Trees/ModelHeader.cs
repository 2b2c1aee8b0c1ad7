using System.Text;
using TuneLab.Data;

namespace TuneLab.Learners.Trees;

/// <summary>The first bytes of a tree model: four letters that name kind and version, the task, and which features are categories.</summary>
internal static class ModelHeader
{
    public static void Write(BinaryWriter writer, string mark, LearningTask task, int outputs, bool[] categorical)
    {
        writer.Write(Encoding.ASCII.GetBytes(mark));
        writer.Write((byte)task);
        writer.Write(outputs);
        writer.Write(categorical.Length);
        foreach (var isCategory in categorical)
        {
            writer.Write(isCategory);
        }
    }

    /// <summary>Reads a header that can only have one mark.</summary>
    /// <exception cref="InvalidDataException">Another mark, or an impossible number.</exception>
    public static (LearningTask Task, int Outputs, bool[] Categorical) Read(BinaryReader reader, string mark, string trainer)
    {
        var (_, task, outputs, categorical) = Read(reader, [mark], trainer);
        return (task, outputs, categorical);
    }

    /// <summary>Reads a header of one of several versions.</summary>
    /// <param name="reader">At the first byte.</param>
    /// <param name="marks">Those that are read, the newest first; all of one length.</param>
    /// <param name="trainer">The trainer's id, for messages.</param>
    /// <exception cref="InvalidDataException">Another mark, or an impossible number.</exception>
    public static (string Mark, LearningTask Task, int Outputs, bool[] Categorical) Read(BinaryReader reader, string[] marks, string trainer)
    {
        var found = Encoding.ASCII.GetString(reader.ReadBytes(marks[0].Length));
        if (!marks.Contains(found))
        {
            throw new InvalidDataException($"These bytes are no '{trainer}' model that this version reads: they begin with '{found}', not with '{string.Join("' or '", marks)}'.");
        }

        var task = (LearningTask)reader.ReadByte();
        var outputs = reader.ReadInt32();
        if (!Enum.IsDefined(task) || outputs < 1)
        {
            throw new InvalidDataException($"The '{trainer}' model is damaged: task {(int)task} with {outputs} outputs.");
        }

        var categorical = new bool[TreeFormat.Length(reader)];
        for (var f = 0; f < categorical.Length; f++)
        {
            categorical[f] = reader.ReadBoolean();
        }

        return (found, task, outputs, categorical);
    }
}
