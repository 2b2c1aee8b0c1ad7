using System.Security.Cryptography;
using System.Text;
using TuneLab.Experiments.Commands;
using TuneLab.Scheduling.Settings;

namespace TuneLab.Scheduling.Alerts;

/// <summary>What a channel is called in the store: what people may see of its target, and a hash of all of it. The same target has the same name in every file and at every place of it.</summary>
public static class AlertChannelName
{
    /// <summary>The name: <c>webhook example.com 0a1b2c3d</c>. The address's path, which may hold a secret, is not in it.</summary>
    public static string Of(AlertChannel channel)
    {
        var kind = channel.Carrier.ToString().ToLowerInvariant();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kind + "\n" + channel.Target)))[..8];
        return $"{kind} {Seen(channel)} {hash}";
    }

    private static string Seen(AlertChannel channel) => channel.Carrier switch
    {
        AlertCarrier.Webhook => Uri.TryCreate(channel.Target, UriKind.Absolute, out var uri) ? uri.Authority[(uri.Authority.LastIndexOf('@') + 1)..] : "?",
        AlertCarrier.Command => ProgramWords.TryParse(channel.Target, out var words, out _) ? Path.GetFileName(words[0]) : "?",
        _ => Path.GetFileName(channel.Target),
    };
}
