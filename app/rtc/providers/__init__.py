"""Who carries the media: one small class per provider, all with the same verbs."""

from app.config import Config
from app.rtc.models import ProviderName
from app.rtc.providers.agora import Agora
from app.rtc.providers.base import Provider
from app.rtc.providers.webrtc import Webrtc


def provider_of(name: ProviderName, config: Config) -> Provider:
    """The provider of a room, set up from the configuration."""
    return Agora(config) if name == ProviderName.AGORA else Webrtc(config)


__all__ = ["Provider", "provider_of"]
