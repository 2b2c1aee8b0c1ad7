using System.Text.RegularExpressions;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>The character between fields; <c>tab</c> may be written as a word.</summary>
internal sealed class SeparatorShape : WrittenShape<char>
{
    public override string Allowed => "one character, like \";\", or tab";

    protected override string Pattern => "^([^\\r\\n\"]|tab|\\\\t)$";

    protected override bool TryParse(Match match, out char value)
    {
        value = match.Value.Length == 1 ? match.Value[0] : '\t';
        return true;
    }

    protected override string Text(char value) => value == '\t' ? "tab" : value.ToString();
}
