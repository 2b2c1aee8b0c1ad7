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

    /// <exception cref="InvalidDataException">Another mark, or an impossible number.</exception>
    public static (LearningTask Task, int Outputs, bool[] Categorical) Read(BinaryReader reader, string mark, string trainer)
    {
        var found = Encoding.ASCII.GetString(reader.ReadBytes(mark.Length));
        if (found != mark)
        {
            throw new InvalidDataException($"These bytes are no '{trainer}' model that this version reads: they begin with '{found}', not with '{mark}'.");
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

        return (task, outputs, categorical);
    }
}
