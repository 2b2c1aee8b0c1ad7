using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TuneLab.Scheduling.Services;

/// <summary>XML as text, indented by two blanks, lines ended by a line feed.</summary>
internal static class XmlText
{
    /// <summary>Writes it.</summary>
    /// <param name="document">The document, without a declaration.</param>
    /// <param name="encoding">What the declaration says.</param>
    /// <param name="type">What stands between the declaration and the document.</param>
    public static string Of(XDocument document, string encoding, string type = "")
    {
        var text = new StringBuilder($"<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n").Append(type);
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            document.Save(writer);
        }

        return text.Append('\n').ToString();
    }
}
