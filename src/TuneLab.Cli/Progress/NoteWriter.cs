using System.Text;
using TuneLab.Experiments;
using TuneLab.Hosting.Slices;

namespace TuneLab.Cli.Progress;

/// <summary>Tells the worker each line that is written.</summary>
internal sealed class NoteWriter(SliceControl control) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value == '\n')
        {
            var text = _line.ToString().TrimEnd();
            _line.Clear();
            if (text.Length > 0)
            {
                control.Tell(new SliceNote(text));
            }
        }
        else
        {
            _line.Append(value);
        }
    }
}
